/**
 * Values that are not yet what they will be. Nothing is known of them, so no rule says anything of them. Three notions, each a
 * wider one: what a program fills in; that, or what a person is to write; and what stands where a credential belongs.
 */

/** Whether a program fills something of a text in: Helm and ApplicationSets `{{ x }}`, envsubst and Flux `${X}` and `$X`, kubelet `$(X)`. */
export function isSubstituted(text: string): boolean {
  return /\{\{|\$[{(A-Za-z_]/.test(text);
}

/** Whether something of a text is filled in later: by a program, or by the person who copies it (`<your bucket>`). */
export function isPlaceholder(text: string): boolean {
  return isSubstituted(text) || /<[^<>\n]+>/.test(text);
}

const FORMS_OF_STAND_INS: readonly RegExp[] = [
  // Filled in by a template, a shell, or Strimzi's and Kafka's own providers.
  /\$\{|\$\(|^\$\w+$|\{\{|%\(|%s/,
  /^<[^>]*>$|^\*+$|^x{3,}$|^\.{3}$/i,
  /^(?:change|replace|update|insert|fill|your|my|add)[-_ ]?(?:me|in|your|this|the|with)?(?:[-_ ].*)?$/i,
  // Where a program is to look for it: 1Password, vals, argocd-vault-plugin.
  /^(?:op|ref\+\w+|vault|aws-sm|gcp-sm):\/{0,2}\S+$|^<(?:path|vault|secret):/,
];

/**
 * Whether a value where a credential belongs stands in for one. Unlike the others this asks of the whole value, since a password
 * may have a dollar sign in it, and knows words such as `changeme`.
 */
export function isCredentialStandIn(value: string): boolean {
  return FORMS_OF_STAND_INS.some((form) => form.test(value.trim()));
}
