// Letters, digits and marks of any script, and punctuation; symbols beyond ASCII (emoji) and everything beyond the basic
// plane are left to quotes, since some YAML 1.1 readers stop at them.
const NEEDS_QUOTES = /[^ -~\p{L}\p{M}\p{N}\p{P}]|[\u{10000}-\u{10ffff}]/u;

// No indicator may come first. `-` is let through before a letter only: people write `- --verbose` without quotes.
const SAFE_START = /^(?:[\p{L}\p{N}_/$(<\\^.;]|--?\p{L})/u;

const ENDS_EARLY = /: |:$| #| $|^---|^\.\.\./;

// YAML 1.1 forbids more inside brackets than 1.2 does, and older libyaml stops at every `:` there.
const ENDS_EARLY_IN_FLOW = /[,[\]{}:]/;

// https://yaml.org/type/: bool, null, merge. Readers differ in which spellings they take, so all of them are refused.
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|<<|=)$/i;

// https://yaml.org/type/{int,float,timestamp}.html and the core schema of YAML 1.2, all a little wider than written
// there: base 60 (`12:30`), `0b1`, `1e3`, `1.`, and `e1`, which the yaml package takes for a number under YAML 1.1.
const NUMBER = /^[-+]?(?:[\d.][\d.,:]*(?:e[-+]?\d*)?|e[-+]?\d+|0[xob][\da-f]*|\.inf|\.nan)$/i;
const TIMESTAMP = /^\d{4}-\d\d?-\d\d?/;

/**
 * Whether `text` can stand without quotes such that every reader of YAML 1.1 and 1.2 takes it for this very string.
 *
 * @param place `flow` inside brackets or braces, `block` elsewhere, keys included
 */
export function isPlainSafe(text: string, place: 'block' | 'flow'): boolean {
  return (
    SAFE_START.test(text) &&
    !NEEDS_QUOTES.test(text) &&
    !ENDS_EARLY.test(text) &&
    !(place === 'flow' && ENDS_EARLY_IN_FLOW.test(text)) &&
    !WORD.test(text) &&
    // YAML 1.1 has `1_000`, and Go's readers drop a `_` anywhere, as in `6e_1`.
    !NUMBER.test(text.replaceAll('_', '')) &&
    !TIMESTAMP.test(text)
  );
}
