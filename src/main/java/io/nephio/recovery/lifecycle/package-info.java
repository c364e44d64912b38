/** What comes next for a remediation: the truth table. Pure. */
@NullMarked
package io.nephio.recovery.lifecycle;

import org.jspecify.annotations.NullMarked;
