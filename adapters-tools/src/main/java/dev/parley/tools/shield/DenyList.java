package dev.parley.tools.shield;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.parley.application.port.Cancellation;
import dev.parley.application.port.ShieldProvider;
import dev.parley.domain.Owner;
import dev.parley.domain.Refusal;
import dev.parley.domain.message.JsonText;
import dev.parley.domain.message.Message;
import dev.parley.domain.safety.Judgement;
import dev.parley.domain.safety.RegisteredShield;
import dev.parley.domain.turn.Touchpoint;
import dev.parley.domain.turn.Violation;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Objects to words and patterns; needs no model. Words are found as whole words, whatever their case; patterns are those of
 * RE2, which take time in proportion to the text and no more. Its parameters: {@code words}, {@code patterns},
 * {@code level} and {@code message}.
 */
final class DenyList implements ShieldProvider {

    static final String ID = "deny-list";

    private static final Set<String> KNOWN = Set.of("words", "patterns", "level", "message");
    private static final JsonText METADATA = new JsonText("{\"violation_type\":\"deny-list\"}");
    private static final int MOST_COMPILED = 256;
    /** Compiling is dear, and there are few shields. */
    private final Map<RegisteredShield, Rules> compiled = new ConcurrentHashMap<>();

    private record Rules(List<Pattern> patterns, Violation violation) {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public void requireUsable(RegisteredShield shield) {
        if (rules(shield).patterns().isEmpty()) {
            throw Refusal.invalid(
                    "params",
                    "The shield '%s' objects to nothing; give it params.words or params.patterns"
                            .formatted(shield.id()));
        }
    }

    @Override
    public Judgement judge(
            Owner owner,
            RegisteredShield shield,
            Touchpoint touchpoint,
            List<Message> messages,
            Cancellation cancellation) {
        if (compiled.size() > MOST_COMPILED) {
            compiled.clear(); // of shields that have come and gone
        }
        Rules rules = compiled.computeIfAbsent(shield, DenyList::rules);
        String text = Normalizer.normalize(LastSaid.of(touchpoint, messages).text(), Normalizer.Form.NFKC);
        return rules.patterns().stream()
                        .anyMatch(pattern -> pattern.matcher(text).find())
                ? new Judgement(Optional.of(rules.violation()), Map.of())
                : Judgement.FINE;
    }

    private static Rules rules(RegisteredShield shield) {
        Params params = Params.of(shield, KNOWN);
        List<Pattern> words = params.texts("words").stream().map(DenyList::word).toList();
        List<Pattern> patterns = params.texts("patterns").stream()
                .map(pattern -> pattern(params, pattern))
                .toList();
        return new Rules(
                Stream.concat(words.stream(), patterns.stream()).toList(),
                new Violation(params.level(), params.text("message"), METADATA));
    }

    /** A boundary stands only where the word has a letter or a digit at that end. */
    private static Pattern word(String word) {
        String normal = Normalizer.normalize(word.strip(), Normalizer.Form.NFKC);
        String before = Character.isLetterOrDigit(normal.codePointAt(0)) ? "(?:^|[^\\pL\\pN])" : "";
        String after = Character.isLetterOrDigit(normal.codePointBefore(normal.length())) ? "(?:$|[^\\pL\\pN])" : "";
        return Pattern.compile(before + Pattern.quote(normal) + after, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    }

    private static Pattern pattern(Params params, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException mistake) {
            throw params.wrong(
                    "patterns", "patterns of RE2; '%s' is none: %s".formatted(pattern, mistake.getDescription()));
        }
    }
}
