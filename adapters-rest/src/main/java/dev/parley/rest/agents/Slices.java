package dev.parley.rest.agents;

import dev.parley.application.port.Slice;
import dev.parley.domain.Refusal;
import java.math.BigInteger;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which part of a list a query asks for (agents-api 3.2). */
final class Slices {

    /** How clients ask for everything. */
    private static final BigInteger ALL = BigInteger.ONE.negate();

    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    private static final int LONGEST_NUMBER = 100;

    private Slices() {}

    /**
     * The part, where no limit means everything, whatever the start; as large a number as a client likes is a limit too.
     *
     * @throws Refusal when a parameter is no number, or negative
     */
    static Slice of(@Nullable String startIndex, @Nullable String limit) {
        BigInteger start = startIndex == null ? BigInteger.ZERO : whole("start_index", startIndex);
        BigInteger most = limit == null ? ALL : whole("limit", limit);
        if (start.signum() < 0) {
            throw Refusal.invalid("start_index", "start_index must not be negative");
        }
        if (most.equals(ALL)) {
            return Slice.ALL;
        }
        if (most.signum() < 0) {
            throw Refusal.invalid("limit", "limit must not be negative; leave it out, or give -1, for everything");
        }
        return new Slice(
                start.min(LARGEST).intValueExact(),
                OptionalInt.of(most.min(LARGEST).intValueExact()));
    }

    private static BigInteger whole(String name, String text) {
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return new BigInteger(text.strip());
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw Refusal.invalid(name, name + " must be a whole number");
    }
}
