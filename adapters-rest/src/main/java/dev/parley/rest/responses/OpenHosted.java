package dev.parley.rest.responses;

import dev.parley.domain.item.Item;
import dev.parley.domain.item.ItemId;
import dev.parley.domain.item.ItemStatus;
import dev.parley.domain.tool.CallForm;
import dev.parley.domain.tool.HostedKind;
import dev.parley.domain.turn.Delta;
import dev.parley.rest.json.ObjectMembers;
import dev.parley.rest.json.ObjectText;
import java.util.Optional;

/** A call that this server runs and tells of. */
final class OpenHosted implements OpenItem {

    private final Item.Hosted item;
    private final CallForm.Hosted form;
    private final int outputIndex;
    private final Telling telling;
    private final byte[] place;
    private int partialImages;

    /** @param item of which it is told how it begins, however it has ended */
    OpenHosted(Item.Hosted item, int outputIndex, Telling telling) {
        this.item = item;
        this.form = item.form();
        this.outputIndex = outputIndex;
        this.telling = telling;
        this.place = Telling.place(item.id(), outputIndex);
        telling.item(ResponseEvent.ITEM_ADDED, outputIndex, telling.json(running(ItemStatus.IN_PROGRESS)));
        begin();
    }

    @Override
    public ItemId id() {
        return item.id();
    }

    private void begin() {
        switch (form.hosted()) {
            case FILE_SEARCH -> {
                telling.at(ResponseEvent.FILE_SEARCH_IN_PROGRESS, place);
                telling.at(ResponseEvent.FILE_SEARCH_SEARCHING, place);
            }
            case WEB_SEARCH -> {
                telling.at(ResponseEvent.WEB_SEARCH_IN_PROGRESS, place);
                telling.at(ResponseEvent.WEB_SEARCH_SEARCHING, place);
            }
            case MCP -> {
                String arguments = item.call().arguments().text();
                telling.at(ResponseEvent.MCP_IN_PROGRESS, place);
                piece(ResponseEvent.MCP_ARGUMENTS_DELTA, arguments);
                telling.at(ResponseEvent.MCP_ARGUMENTS_DONE, place, new ObjectText().string("arguments", arguments));
            }
            case CODE_INTERPRETER -> {
                String code = HostedJson.code(running(ItemStatus.IN_PROGRESS));
                telling.at(ResponseEvent.CODE_IN_PROGRESS, place);
                piece(ResponseEvent.CODE_DELTA, code);
                telling.at(ResponseEvent.CODE_DONE, place, new ObjectText().string("code", code));
                telling.at(ResponseEvent.CODE_INTERPRETING, place);
            }
            case IMAGE_GENERATION -> {
                telling.at(ResponseEvent.IMAGE_IN_PROGRESS, place);
                telling.at(ResponseEvent.IMAGE_GENERATING, place);
            }
            case SHELL -> throw HostedJson.notOneItem();
        }
    }

    /** Tells what the image looks like so far. */
    void show(Delta.PartialImage image) {
        if (form.hosted() == HostedKind.IMAGE_GENERATION) {
            ObjectText members = new ObjectText()
                    .number("partial_image_index", partialImages++)
                    .string("partial_image_b64", image.base64());
            telling.at(
                    ResponseEvent.IMAGE_PARTIAL, place, HostedJson.traits(ObjectMembers.of(image.traits()), members));
        }
    }

    private void piece(ResponseEvent event, String text) {
        if (!text.isEmpty()) {
            telling.piece(event, Telling.join(place, ",\"delta\":"), text);
        }
    }

    @Override
    public Optional<Item> soFar(ItemStatus status) {
        return Optional.of(running(status));
    }

    @Override
    public void finish(Item finished) {
        if (finished instanceof Item.Hosted hosted && hosted.status() == ItemStatus.INCOMPLETE) {
            telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished)); // nobody knows how it ended
            return;
        }
        boolean failed = finished instanceof Item.Hosted hosted && HostedJson.failed(hosted);
        (failed ? failure() : Optional.of(completion())).ifPresent(event -> telling.at(event, place));
        telling.item(ResponseEvent.ITEM_DONE, outputIndex, telling.json(finished));
    }

    private ResponseEvent completion() {
        return switch (form.hosted()) {
            case FILE_SEARCH -> ResponseEvent.FILE_SEARCH_COMPLETED;
            case WEB_SEARCH -> ResponseEvent.WEB_SEARCH_COMPLETED;
            case MCP -> ResponseEvent.MCP_COMPLETED;
            case CODE_INTERPRETER -> ResponseEvent.CODE_COMPLETED;
            case IMAGE_GENERATION -> ResponseEvent.IMAGE_COMPLETED;
            case SHELL -> throw HostedJson.notOneItem();
        };
    }

    /** Of the other tools only the status of the item says that they failed: clients know no event for it. */
    private Optional<ResponseEvent> failure() {
        return switch (form.hosted()) {
            case MCP -> Optional.of(ResponseEvent.MCP_FAILED);
            case FILE_SEARCH, WEB_SEARCH, CODE_INTERPRETER, IMAGE_GENERATION -> Optional.empty();
            case SHELL -> throw HostedJson.notOneItem();
        };
    }

    private Item.Hosted running(ItemStatus status) {
        return new Item.Hosted(item.id(), form, item.call(), Optional.empty(), status, item.approvedBy());
    }
}
