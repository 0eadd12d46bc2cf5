// @ts-check
import { t } from "../lib/i18n.js";
import { html } from "../lib/ui.js";
import { Faces } from "./faces.js";
import { useRating } from "./use-rating.js";
import { Why } from "./why.js";

/**
 * The question itself, the same on the pad and on a phone.
 * @param {{title: string, send: Parameters<typeof useRating>[0], onAnswer: Parameters<typeof useRating>[1], children?: any}} props
 *   `children`: what stands above the faces
 */
export function Ask({ title, send, onAnswer, children }) {
  const { step, level, choose, give } = useRating(send, onAnswer);
  return html`
    <section class="ask" data-step=${step}>
      ${children}
      <h1>${step === "why" ? t("rating.chosen", { level: t(`rating.level.${level}`) }) : title}</h1>
      ${step === "faces" && html`<${Faces} onLevel=${choose} /><p class="soft ask-free">${t("rating.voluntary")}</p>`}
      ${step === "why" && html`<${Why} onSend=${give} />`}
      <p class="ask-sending" role="status">${step === "sending" ? t("rating.sending") : ""}</p>
    </section>`;
}
