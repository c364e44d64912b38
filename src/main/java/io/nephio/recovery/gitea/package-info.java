/** Pull requests, commit statuses and repositories of a Gitea server. */
@NullMarked
package io.nephio.recovery.gitea;

import org.jspecify.annotations.NullMarked;
