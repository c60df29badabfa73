package org.swinj.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class SubjectsTest {

	private static final Path FILE = Path.of("f.tif");

	private static List<Case> cases(final String... ids) {
		return Stream.of(ids).map(id -> new Case(id, FILE, FILE)).toList();
	}

	private static Set<String> names(final String group, final String... ids) {
		return Subjects.of(cases(ids), group).cases().keySet();
	}

	@Test
	void timePointsAndVisitsStayTogether() {
		assertEquals(Set.of("Emb01", "Emb11"), names("", "Emb01_t401", "Emb01_t501", "Emb11_t401",
			"Emb11_t501"));
		assertEquals(Set.of("sub-01", "sub-02"), names("", "sub-01_ses-1_T1w", "sub-01_ses-2_T1w",
			"sub-02_T1w"));
		assertEquals(Set.of("a", "b"), names(null, "a-frame3", "a-frame4", "b-frame3"));
	}

	@Test
	void otherNumbersAreSubjects() {
		final String[] ids = { "hippocampus_001", "hippocampus_002", "spleen2", "LA_0RZDK210", "cat" };
		assertEquals(Set.of(ids), names("", ids));
		assertNull(Subjects.notice(cases(ids), ""));
	}

	@Test
	void theFramesOfOneSeriesAreCases() {
		assertEquals(Set.of("cell_t1", "cell_t2", "cell_t3"), names("", "cell_t1", "cell_t2", "cell_t3"));
	}

	@Test
	void aGroupThatIsGivenCounts() {
		assertEquals(3, names("(.+)", "a_t1", "a_t2", "b_t1").size());
		assertEquals(Set.of("0", "1"), names("2", "h_1", "h_2", "h_3"));
		assertThrows(IllegalArgumentException.class, () -> names("2", "h_1", "none"));
		assertThrows(IllegalArgumentException.class, () -> names("(", "h_1"));
	}

	@Test
	void whatStaysTogetherIsToldOnlyIfNobodyAsked() {
		final List<Case> cases = cases("a_t1", "a_t2", "b_t1");
		assertTrue(Subjects.notice(cases, "").contains("a_t1 and a_t2"));
		assertNull(Subjects.notice(cases, "(.+)"));
	}

	@Test
	void aSplitNeverPartsASubject() {
		final List<Case> cases = cases("a_t1", "a_t2", "b_t1", "b_t2", "c_t1", "c_t2");
		for (int seed = 0; seed < 10; seed++) {
			final Split split = Split.of(cases, "0.3", "", 0, seed);
			assertEquals(2, split.validation().size());
			final Set<Character> held = split.validation().stream().map(c -> c.id().charAt(0)).collect(
				Collectors.toSet());
			assertEquals(1, held.size());
			assertTrue(split.training().stream().noneMatch(c -> held.contains(c.id().charAt(0))));
		}
	}

	/** Of subjects with two cases each. */
	@Test
	void fewerCasesThanASubjectHasAreStillSome() {
		final List<Case> cases = cases("a_t1", "a_t2", "b_t1", "b_t2", "c_t1", "c_t2");
		assertEquals(1, Split.of(cases, "0", "", 1, 7).training().size());
		assertEquals(2, Split.of(cases, "0", "", 3, 7).training().size());
		final Split named = Split.of(cases, "c_t1,c_t2", "", 1, 7);
		assertEquals(1, named.training().size());
		assertEquals(2, named.validation().size());
	}
}
