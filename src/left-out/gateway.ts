/** Stands in for Vercel's AI Gateway, where the AI SDK looks for a model that is given by its name alone. We give it models. */
function absent(): never {
  throw new Error('A model must be given as a model: there is no gateway to look up its name.');
}

export const createGateway = absent;
export const gateway = { languageModel: absent, embeddingModel: absent, imageModel: absent };

export class GatewayError extends Error {
  static isInstance = (): boolean => false;
}
export class GatewayAuthenticationError extends GatewayError {}
