/**
 * Applies events to snapshots with the pages' own reducer.
 * node apply.mjs CASES RESULTS: a list of {before, events} in, the list of states out.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { reduce } from "../../static/lib/reduce.js";

const [, , cases, results] = process.argv;
const states = JSON.parse(readFileSync(cases, "utf8")).map(({ before, events }) =>
  events.reduce((state, { data }) => reduce(state, data), before));
writeFileSync(results, JSON.stringify(states));
