/** The acts, one class each: progress by evidence, act once. */
@NullMarked
package io.nephio.recovery.execute;

import org.jspecify.annotations.NullMarked;
