// @ts-check
/** Where a manager records the hall's own voice, phrase by phrase. Nothing leaves this machine but as the file that is downloaded. */
import { t } from "../lib/i18n.js";
import { getJSON } from "../lib/orders.js";
import { html, useEffect, useRef, useState } from "../lib/ui.js";
import { Pack } from "./pack.js";
import { mayRecord } from "./microphone.js";
import { List } from "./list.js";
import { kinds } from "./phrases.js";
import { Stage } from "./stage.js";
import { useRecordings } from "./use-recordings.js";
import { useTake } from "./use-take.js";

/** @typedef {import("./phrases.js").Phrase} Phrase */

/** @param {{who: any}} props */
export function App({ who }) {
  useEffect(() => { document.title = t("recorder.title"); });
  if (who.staff.role !== "manager") return html`<main class="not-yours"><h1>${t("recorder.title")}</h1><p class="notice">${t("recorder.not_yours")}</p></main>`;
  return html`<${Opening} hall=${who.hall} />`;
}

/** @param {{hall: string}} props */
function Opening({ hall }) {
  const [read, set] = useState(/** @type {any} */ (null));
  useEffect(() => { getJSON(`/api/halls/${encodeURIComponent(hall)}/snapshot?scope=public`).then(set); }, [hall]);
  if (read && read.status === 200) return html`<${Recorder} hall=${hall} state=${read.body.snapshot} />`;
  return html`<main class="not-yours"><h1>${t("recorder.title")}</h1><p class="notice" role="status">${t(read ? "error.unreachable" : "staff.loading")}</p></main>`;
}

/** @param {{hall: string, state: any}} props */
function Recorder({ hall, state }) {
  const [lang, setLang] = useState(/** @type {"zh" | "en"} */ ("zh"));
  const [group, setGroup] = useState(0);
  const [key, choose] = useState("");
  const recordings = useRecordings(hall);
  const groups = kinds(state, lang);
  const { phrases } = groups[group];
  const phrase = phrases.find((one) => one.key === key) || next(phrases, recordings.kept) || phrases[0];
  // After a good take the next phrase comes by itself.
  const take = useTake(recordings, (done) => choose((next(after(phrases, done), recordings.kept) || done).key));
  const button = useRef(/** @type {any} */ (null));
  const pick = (/** @type {Phrase} */ one) => {
    if (take.doing !== "idle") return;
    choose(one.key);
    button.current.focus();
  };
  return html`
    <main class="recorder">
      <header class="recorder-head"><h1>${t("recorder.title")}</h1><a href=${`/manager${location.search}`}>${t("recorder.back")}</a></header>
      <p class="soft">${t("recorder.intro")}</p>
      ${!mayRecord() && html`<p class="notice warn" role="alert">${t("recorder.not_secure")}</p>`}
      <div class="row">
        <${Select} label=${t("recorder.lang")} name="lang" busy=${take.doing !== "idle"} value=${lang} options=${["zh", "en"].map((one) => [one, t(`recorder.lang_${one}`)])}
          take=${(/** @type {any} */ one) => { setLang(one); setGroup(0); choose(""); }} />
        <${Select} label=${t("recorder.kind")} name="kind" busy=${take.doing !== "idle"} value=${String(group)} options=${groups.map((one, n) => [String(n), nameOfKind(one, recordings.kept)])}
          take=${(/** @type {string} */ one) => { setGroup(Number(one)); choose(""); }} />
      </div>
      <${Stage} phrase=${phrase} take=${take} recordings=${recordings} pick=${pick} button=${button} />
      <${List} label=${nameOfKind(groups[group], recordings.kept)} phrases=${phrases} current=${phrase.key} recordings=${recordings} pick=${pick} />
      <${Pack} recordings=${recordings} />
    </main>
  `;
}

/** @param {Phrase[]} phrases @param {Map<string, any>} kept */
const next = (phrases, kept) => phrases.find((one) => !kept.has(one.key));

/** What follows a phrase, and then the others, without itself. @param {Phrase[]} phrases @param {Phrase} phrase */
function after(phrases, phrase) {
  const at = phrases.findIndex((one) => one.key === phrase.key);
  return [...phrases.slice(at + 1), ...phrases.slice(0, Math.max(at, 0))];
}

/** @param {import("./phrases.js").Kind} kind @param {Map<string, any>} kept */
function nameOfKind({ name, facts, phrases }, kept) {
  const n = phrases.filter((one) => kept.has(one.key)).length;
  return t("recorder.progress", { name: t(`recorder.kind_${name}`, facts), n, all: phrases.length });
}

/** @param {{label: string, name: string, value: string, busy: boolean, options: [string, string][], take: (value: any) => void}} props */
function Select({ label, name, value, busy, options, take }) {
  return html`
    <label class="pick"><span>${label}</span>
      <select class="choice" name=${name} disabled=${busy} onChange=${(/** @type {any} */ event) => take(event.target.value)}>
        ${options.map(([one, text]) => html`<option key=${one} value=${one} selected=${one === value}>${text}</option>`)}
      </select></label>
  `;
}
