/** How it is written down: record file, commit message, pull request text. Pure. */
@NullMarked
package io.nephio.recovery.record;

import org.jspecify.annotations.NullMarked;
