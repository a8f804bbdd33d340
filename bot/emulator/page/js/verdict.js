// How a verdict looks: its symbol, its words, and how a time is written.

export const signs = { kept: "check", careful: "warn", broken: "cross" };
export const words = { kept: "Protocol kept", careful: "Worth a look", broken: "Protocol broken" };

export function took(ms = 0) {
  if (ms >= 1000) return (ms / 1000).toFixed(1) + " s";
  if (ms >= 10) return Math.round(ms) + " ms";
  return ms < 0.1 ? "<0.1 ms" : ms.toFixed(1) + " ms";
}
