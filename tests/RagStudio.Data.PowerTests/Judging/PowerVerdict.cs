namespace RagStudio.Data.PowerTests.Judging;

/// <summary>The verdict on the states of a scenario, or on its runs with a fault.</summary>
/// <param name="States">The number of different states, or runs, that were judged.</param>
/// <param name="Faults">The faults, with everything needed to reproduce them.</param>
internal sealed record PowerVerdict(int States, IReadOnlyList<string> Faults);
