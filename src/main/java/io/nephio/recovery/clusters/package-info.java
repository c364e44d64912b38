/** One connection per cluster: kubeconfig, probe, credentials. */
@NullMarked
package io.nephio.recovery.clusters;

import org.jspecify.annotations.NullMarked;
