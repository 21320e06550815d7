package dev.parley.application.port;

/** Where the tokens of a text end, so that it can be cut into pieces of a size. */
public interface Tokens {

    /**
     * The offset behind each token, in characters of the text, ascending; the last is the text's length. A token never
     * splits a surrogate pair. Empty for an empty text. Takes time in proportion to the text.
     */
    int[] ends(String text);
}
