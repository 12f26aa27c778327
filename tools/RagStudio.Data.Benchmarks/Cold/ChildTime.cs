namespace RagStudio.Data.Benchmarks;

/// <summary>The time that a child took.</summary>
/// <param name="Whole">From before its start to after its end.</param>
/// <param name="Processor">
/// The processor time of all its threads; <see langword="null"/> if the system does not report it.
/// </param>
internal readonly record struct ChildTime(TimeSpan Whole, TimeSpan? Processor);
