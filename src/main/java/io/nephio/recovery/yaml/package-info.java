/** Reads YAML and JSON that nobody vouches for, and says where in it something stands. */
@NullMarked
package io.nephio.recovery.yaml;

import org.jspecify.annotations.NullMarked;
