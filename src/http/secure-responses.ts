import { secureHeaders } from 'hono/secure-headers';

/**
 * What a browser is told about every answer: it is no page, it is what it says it is, and nobody may frame it. Pages and files bring a
 * policy of their own, which stays.
 */
export const secureResponses = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // Pages of other origins that are allowed to call read answers by CORS; none may embed them.
  crossOriginResourcePolicy: 'same-origin',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [] },
  xFrameOptions: 'DENY',
  overwrite: false,
});
