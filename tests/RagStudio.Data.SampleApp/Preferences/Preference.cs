namespace RagStudio.Data.SampleApp;

/// <summary>What somebody prefers.</summary>
public sealed class Preference
{
    /// <summary>The key.</summary>
    public long Id { get; set; }

    /// <summary>The choice.</summary>
    public required string Choice { get; set; }
}
