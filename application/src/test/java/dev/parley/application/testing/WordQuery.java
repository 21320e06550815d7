package dev.parley.application.testing;

import dev.parley.application.testing.BagOfWords.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A search by words, as simple as the rules of it allow. */
record WordQuery(List<String> words, List<List<String>> phrases, List<String> unwanted) {

    private static final Pattern PART = Pattern.compile("(-?)(?:\"([^\"]*)\"|(\\S+))");

    static WordQuery of(String query) {
        List<String> words = new ArrayList<>();
        List<List<String>> phrases = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        Matcher parts = PART.matcher(query);
        while (parts.find()) {
            String phrase = parts.group(2);
            if (!parts.group(1).isEmpty()) {
                unwanted.addAll(Words.of(phrase == null ? parts.group(3) : phrase));
            } else if (phrase == null) {
                words.addAll(Words.of(parts.group(3)));
            } else {
                phrases.add(Words.of(phrase));
            }
        }
        return new WordQuery(words, phrases, unwanted);
    }

    /** 0 when the text does not fit; above a half when it has all of the words. */
    double score(String text) {
        List<String> there = Words.of(text);
        boolean hasPhrases = phrases.stream().allMatch(phrase -> Collections.indexOfSubList(there, phrase) >= 0);
        if (!hasPhrases || unwanted.stream().anyMatch(there::contains)) {
            return 0;
        }
        if (words.isEmpty()) {
            return phrases.isEmpty() ? 0 : 1;
        }
        double found = words.stream().filter(there::contains).count();
        boolean strict = !phrases.isEmpty() || !unwanted.isEmpty();
        return strict && found < words.size() ? 0 : found / words.size();
    }
}
