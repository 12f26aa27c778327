namespace RagStudio.Data.SampleApp;

/// <summary>A user's preference.</summary>
public sealed class Preference
{
    /// <summary>The key.</summary>
    public long Id { get; set; }

    /// <summary>The choice.</summary>
    public required string Choice { get; set; }
}
