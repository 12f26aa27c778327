namespace RagStudio.Data.PowerTests.Judging;

/// <summary>What came out over the states of a scenario.</summary>
/// <param name="States">How many different states were judged.</param>
/// <param name="Faults">What was wrong, with all that is needed to see it again.</param>
internal sealed record PowerVerdict(int States, IReadOnlyList<string> Faults);
