import { fromBase64 } from '../workspace/base64.ts';

export interface DataUrl {
  /** '' when it says none. */
  mediaType: string;
  bytes: Uint8Array;
}

/** What a `data:` URL (RFC 2397) holds; null when it is none. */
export function readDataUrl(url: string): DataUrl | null {
  const comma = url.indexOf(',');
  if (!/^data:/i.test(url) || comma < 0) return null;
  const about = url.slice('data:'.length, comma);
  const mediaType = about.split(';')[0]?.trim().toLowerCase() ?? '';
  const data = url.slice(comma + 1);
  const bytes = /;\s*base64$/i.test(about) ? fromBase64(data) : percentDecoded(data);
  return bytes && { mediaType, bytes };
}

function percentDecoded(data: string): Uint8Array | null {
  try {
    return new TextEncoder().encode(decodeURIComponent(data));
  } catch {
    return null;
  }
}
