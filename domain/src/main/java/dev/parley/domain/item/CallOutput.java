package dev.parley.domain.item;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.JsonText;
import java.util.List;

/** What a client answers a call with, in the shape that it came in. */
public sealed interface CallOutput {

    record Text(String text) implements CallOutput {
        public Text {
            requireNonNull(text, "text");
        }
    }

    record Parts(List<ItemPart> parts) implements CallOutput {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /**
     * What the forms other than functions and custom tools answer with: the members of the item that are its own.
     *
     * @param members an object
     */
    record Members(JsonText members) implements CallOutput {
        public Members {
            requireNonNull(members, "members");
        }
    }
}
