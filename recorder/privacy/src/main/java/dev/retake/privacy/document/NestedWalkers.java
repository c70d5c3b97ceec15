package dev.retake.privacy.document;

import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.NestedDocuments;

/** Walks documents inside values by the walkers for whole documents. */
final class NestedWalkers implements NestedDocuments {

    @Override
    public int json(Leaves leaves, Field root, byte[] source, int from, int to, int level, Edits edits) {
        return new JsonWalker(leaves, root, source, from, to, false, edits, level).walk();
    }

    @Override
    public boolean other(Leaves leaves, byte[] source, int from, int to, int level, Edits edits) {
        if (source[from] == '<' && MarkupWalker.looksLikeMarkup(source, from, to)) {
            new MarkupWalker(leaves, source, from, to, false, level, edits).walk();
            return true;
        }
        if (source[from] == 'B' && CardWalker.looksLikeCard(source, from, to)) {
            CardWalker.walk(leaves, source, from, to, false, level, edits);
            return true;
        }
        return false;
    }
}
