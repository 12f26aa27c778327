namespace RagStudio.Data.Benchmarks;

/// <summary>What a child took.</summary>
/// <param name="Whole">From before its start to after its end.</param>
/// <param name="Processor">Of all its threads; nothing where the system does not tell.</param>
internal readonly record struct ChildTime(TimeSpan Whole, TimeSpan? Processor);
