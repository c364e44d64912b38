/** Wiring, the two reconcilers, conditions, events, metrics. */
@NullMarked
package io.nephio.recovery.operator;

import org.jspecify.annotations.NullMarked;
