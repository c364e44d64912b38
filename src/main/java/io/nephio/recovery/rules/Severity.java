package io.nephio.recovery.rules;

/** How bad it is; spelled as kpt does. */
public enum Severity {
  /** It will be refused, or harm: nothing may pass. */
  error,
  /** It works, but hardly as meant. */
  warning,
  /** For people to know. */
  info
}
