package dev.parley.application.port;

/** Where the tokens of a text end, so that it can be cut into pieces of a size. */
public interface Tokens {

    /**
     * The offset behind each token, in characters of the text, never descending; the last is the text's length. Where
     * several tokens make one character, only the last of them has reached its end: so what is cut at any of the offsets has
     * no more tokens than it should, and a surrogate pair is never split. Empty for an empty text. Takes time in proportion
     * to the text.
     */
    int[] ends(String text);
}
