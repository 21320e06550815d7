package dev.parley.domain.turn;

import static java.util.Objects.requireNonNull;

import dev.parley.domain.message.Citation;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Passage;
import dev.parley.domain.tool.Source;
import dev.parley.domain.tool.ToolSide;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the marks with which a model cites its sources out of one text, and tells what they cite (responses-api 5.7). A mark is
 * {@code 【1】}, {@code 【1, 2】} or {@code 【1†whatever】}; it stands behind what it cites, which is the rest of the sentence before
 * it. What turns out to be no mark, or names no source that there is, stays as the model wrote it. The text may come in pieces
 * of any size: a piece that may be the beginning of a mark is held back until it is known.
 */
public final class Citing {

    private static final char OPEN = '【';
    private static final char CLOSE = '】';
    private static final char NOTE = '†';
    private static final int LONGEST_MARK = 80;

    /** What is known now: more of the text, and what was cited in it. */
    public record Heard(String text, List<Citation> citations) {
        public Heard {
            requireNonNull(text, "text");
            citations = List.copyOf(citations);
        }
    }

    private final List<Source> sources;
    private final StringBuilder held = new StringBuilder();
    private StringBuilder text = new StringBuilder();
    private List<Citation> citations = new ArrayList<>();

    private int place;
    private int start;
    /** Whether what comes next begins a stretch of its own. */
    private boolean fresh = true;

    private boolean hasWords;
    private boolean sentenceEnds;
    /** Whether the blank before a mark was left out with it. */
    private boolean blankLeftOut;

    /** @param sources the first of which is number 1 */
    public Citing(List<Source> sources) {
        this.sources = List.copyOf(sources);
    }

    /** What the tools of a turn have found so far, in the order of the numbers that the model knows it by. */
    public static List<Source> sources(TurnSpec spec, List<Step> steps) {
        if (spec.terms().isEmpty()) {
            return List.of();
        }
        return steps.stream()
                .filter(step -> step instanceof Step.ToolExecution tools && tools.side() == ToolSide.SERVER)
                .flatMap(step -> ((Step.ToolExecution) step).responses().stream())
                .flatMap(response -> response.sources().stream())
                .toList();
    }

    /** How a model writes that it has something from a source. */
    static String mark(int number) {
        return "%c%d%c".formatted(OPEN, number, CLOSE);
    }

    /** An answer with its marks taken for what they are. */
    static Message.Assistant read(Message.Assistant answer, List<Source> sources) {
        if (sources.isEmpty()) {
            return answer;
        }
        List<Passage> passages = new ArrayList<>();
        for (Passage passage : answer.passages()) {
            if (passage instanceof Passage.Spoken(String said, var logprobs, var _)) {
                Citing citing = new Citing(sources);
                Heard most = citing.add(said);
                Heard rest = citing.end();
                List<Citation> all = new ArrayList<>(most.citations());
                all.addAll(rest.citations());
                String whole = most.text() + rest.text();
                if (!whole.isEmpty()) {
                    passages.add(new Passage.Spoken(whole, logprobs, all));
                }
            } else {
                passages.add(passage);
            }
        }
        return new Message.Assistant(passages, answer.stopReason());
    }

    /** More of the text has come. */
    public Heard add(String piece) {
        for (int index = 0; index < piece.length(); index++) {
            hear(piece.charAt(index));
        }
        return heard();
    }

    /** There is no more of the text. */
    public Heard end() {
        letGo();
        return heard();
    }

    private Heard heard() {
        Heard heard = new Heard(text.toString(), citations);
        text = new StringBuilder();
        citations = new ArrayList<>();
        return heard;
    }

    private void hear(char unit) {
        if (!held.isEmpty()) {
            held.append(unit);
            Mark mark = Mark.of(held);
            switch (mark.state()) {
                case BEGUN -> {
                    return;
                }
                case WHOLE -> {
                    cite(mark.numbers());
                    return;
                }
                case NONE -> {
                    held.setLength(held.length() - 1);
                    letGo();
                }
            }
        }
        if (unit == OPEN || unit == ' ') {
            held.append(unit);
        } else {
            say(unit);
        }
    }

    private void cite(List<Integer> numbers) {
        List<Source> meant = numbers.stream()
                .filter(number -> number >= 1 && number <= sources.size())
                .map(number -> sources.get(number - 1))
                .toList();
        if (meant.isEmpty()) {
            letGo();
            return;
        }
        if (held.charAt(0) == ' ') {
            blankLeftOut = true;
        }
        held.setLength(0);
        if (hasWords) {
            meant.forEach(source -> citations.add(source.cited(start, place)));
            fresh = true;
        }
    }

    private void letGo() {
        for (int index = 0; index < held.length(); index++) {
            say(held.charAt(index));
        }
        held.setLength(0);
    }

    private void say(char unit) {
        if (blankLeftOut && hasWords && Character.isLetterOrDigit(unit)) {
            append(' ');
        }
        blankLeftOut = false;
        if (Character.isLetterOrDigit(unit)) {
            hasWords = true;
            start = fresh ? place : start;
            fresh = false;
        }
        append(unit);
        if (unit == '\n' || (sentenceEnds && unit == ' ') || "。！？".indexOf(unit) >= 0) {
            fresh = true;
        }
        sentenceEnds = ".!?".indexOf(unit) >= 0;
    }

    private void append(char unit) {
        text.append(unit);
        if (!Character.isLowSurrogate(unit)) {
            place++;
        }
    }

    /** What a stretch of text is that begins as a mark does. */
    private record Mark(State state, List<Integer> numbers) {

        enum State {
            BEGUN,
            WHOLE,
            NONE
        }

        private static final Mark BEGUN = new Mark(State.BEGUN, List.of());
        private static final Mark NONE = new Mark(State.NONE, List.of());

        static Mark of(CharSequence held) {
            int from = held.charAt(0) == ' ' ? 1 : 0;
            if (held.length() == from) {
                return BEGUN;
            }
            if (held.charAt(from) != OPEN || held.length() > LONGEST_MARK) {
                return NONE;
            }
            return inside(held.toString().substring(from + 1));
        }

        private static Mark inside(String rest) {
            boolean whole = rest.indexOf(CLOSE) >= 0;
            String written = whole ? rest.substring(0, rest.length() - 1) : rest;
            int note = written.indexOf(NOTE);
            if (note >= 0 && written.indexOf('\n') >= 0) {
                return NONE;
            }
            List<Integer> numbers = new ArrayList<>();
            String[] fields = (note < 0 ? written : written.substring(0, note)).split(",", -1);
            for (int index = 0; index < fields.length; index++) {
                String field = fields[index];
                boolean mayGrow = !whole && note < 0 && index == fields.length - 1;
                String digits = index > 0 && field.startsWith(" ") ? field.substring(1) : field;
                if (digits.isEmpty()) {
                    if (!mayGrow) {
                        return NONE;
                    }
                } else if (digits.length() > 4 || !digits.chars().allMatch(unit -> unit >= '0' && unit <= '9')) {
                    return NONE;
                } else {
                    numbers.add(Integer.parseInt(digits));
                }
            }
            return whole ? new Mark(State.WHOLE, numbers) : BEGUN;
        }
    }
}
