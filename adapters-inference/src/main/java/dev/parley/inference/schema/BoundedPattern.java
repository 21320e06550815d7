package dev.parley.inference.schema;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of a schema that may take no longer than what is left of the budget: there are patterns that never end. */
final class BoundedPattern implements RegularExpression {

    /** What all patterns may look at while one answer is held to its schema. */
    static final ScopedValue<Budget> BUDGET = ScopedValue.newInstance();

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** A pattern that is written as only other engines understand it fits everything: it is left to the provider's. */
    static RegularExpression of(String regex) {
        try {
            String translated = RegularExpressions.replaceLongformCharacterProperties(
                    RegularExpressions.replaceDollarAnchors(regex));
            return new BoundedPattern(Pattern.compile(translated));
        } catch (PatternSyntaxException _) {
            return _ -> true;
        }
    }

    @Override
    public boolean matches(String value) {
        return pattern.matcher(new Watched(value, BUDGET.get())).find();
    }

    /** So many characters. */
    static final class Budget {
        private long left;

        Budget(long characters) {
            this.left = characters;
        }

        private void take() {
            if (--left < 0) {
                throw new Exceeded();
            }
        }
    }

    /** A pattern looked at too much. Of this kind so that the validator hands it on without a word to the log. */
    static final class Exceeded extends SchemaException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("a pattern takes too long");
        }
    }

    private record Watched(CharSequence text, Budget budget) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            budget.take();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), budget);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
