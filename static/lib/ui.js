// @ts-check
/** What a page needs to draw: one import instead of three vendored files. */
import { createContext, h, render } from "../vendor/preact-11.2.0.js";
import htm from "../vendor/htm-3.1.1.js";

export {
  useCallback, useContext, useEffect, useMemo, useReducer, useRef, useState,
} from "../vendor/preact-hooks-11.2.0.js";
export { createContext, render };

/** Escaping template: text never becomes markup. */
export const html = htm.bind(h);
