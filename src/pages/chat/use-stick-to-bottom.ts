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
    const distance = (): number => {
      const page = document.documentElement;
      return page.scrollHeight - page.clientHeight - window.scrollY;
    };
    const noteScroll = (): void => {
      const wentUp = window.scrollY < lastTop;
      lastTop = window.scrollY;
      // The first step up counts, or the next growth would pull the reader back. Shrinking content moves the page up too, but to its end.
      if (wentUp && distance() > 1) following.current = false;
      else if (distance() < NEAR_BOTTOM_PX) following.current = true;
      setAway(!following.current && distance() > NEAR_BOTTOM_PX);
    };
    const growth = new ResizeObserver(() => {
      if (following.current) toBottom();
      else setAway(distance() > NEAR_BOTTOM_PX);
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
