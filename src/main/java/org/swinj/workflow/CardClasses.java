package org.swinj.workflow;

import org.swinj.model.ModelCard;
import org.swinj.result.LabelClass;
import org.swinj.result.LabelClasses;

/** The classes of a model as results show them. */
public final class CardClasses {

	private CardClasses() {}

	/** Names and colours by label value. */
	public static LabelClasses of(final ModelCard card) {
		return new LabelClasses(card.classes().stream().map(c -> new LabelClass(c.value(), c.name(), c
			.rgb())).toList());
	}
}
