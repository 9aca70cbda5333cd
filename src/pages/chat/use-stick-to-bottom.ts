import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

const NEAR_BOTTOM_PX = 60;

export interface StickToBottom {
  /** The element whose growth is followed. */
  content: RefObject<HTMLDivElement | null>;
  /** True when the reader scrolled away from the newest text. */
  away: boolean;
  toBottom(): void;
}

/** Follows the end of the page while it grows, until the reader scrolls up; reaching the end again follows again. */
export function useStickToBottom(): StickToBottom {
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);

  const toBottom = useCallback(() => {
    following.current = true;
    setAway(false);
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  }, []);

  useEffect(() => {
    let lastTop = window.scrollY;
    const noteScroll = (): void => {
      const page = document.documentElement;
      const near = page.scrollHeight - page.clientHeight - window.scrollY < NEAR_BOTTOM_PX;
      // Growth moves the end away without scrolling up, and must not look like the reader's wish.
      if (near) following.current = true;
      else if (window.scrollY < lastTop) following.current = false;
      lastTop = window.scrollY;
      setAway(!following.current);
    };
    const growth = new ResizeObserver(() => {
      if (following.current) toBottom();
    });
    window.addEventListener('scroll', noteScroll, { passive: true });
    if (content.current) growth.observe(content.current);
    return () => {
      window.removeEventListener('scroll', noteScroll);
      growth.disconnect();
    };
  }, [toBottom]);

  return { content, away, toBottom };
}
