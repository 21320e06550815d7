/** Shields with judges that do as they were told. */
@NullMarked
package dev.parley.application.safety;

import org.jspecify.annotations.NullMarked;
