/** Is it failing: one class per section of the recovery flow. Pure. */
@NullMarked
package io.nephio.recovery.judge;

import org.jspecify.annotations.NullMarked;
