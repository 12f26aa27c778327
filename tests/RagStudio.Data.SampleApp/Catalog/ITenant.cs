namespace RagStudio.Data.SampleApp;

/// <summary>The tenant that a catalog belongs to.</summary>
public interface ITenant
{
    /// <summary>The tenant's name.</summary>
    string Name { get; }
}
