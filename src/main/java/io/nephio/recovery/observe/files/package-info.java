/** Fills facts from files. */
@NullMarked
package io.nephio.recovery.observe.files;

import org.jspecify.annotations.NullMarked;
