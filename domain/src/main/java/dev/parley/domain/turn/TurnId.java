package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The id of a turn, as clients know it.
 *
 * @param value opaque text; one that does not exist is simply not found
 */
public record TurnId(String value) {

    private static final int HEX_LENGTH = 32;

    public TurnId {
        requireNonNull(value, "value");
    }

    /** The id without what only structures it, as ids of the Responses API hold it. */
    public String hex() {
        return value.replace("-", "");
    }

    /** The turn that a {@link #hex} stands for; empty when it can't be one. */
    public static Optional<TurnId> ofHex(String hex) {
        if (hex.length() != HEX_LENGTH || !hex.chars().allMatch(TurnId::isHexDigit)) {
            return Optional.empty();
        }
        return Optional.of(new TurnId("%s-%s-%s-%s-%s"
                .formatted(
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20))));
    }

    private static boolean isHexDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    @Override
    public String toString() {
        return value;
    }
}
