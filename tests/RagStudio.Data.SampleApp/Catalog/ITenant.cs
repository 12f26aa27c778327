namespace RagStudio.Data.SampleApp;

/// <summary>Whose catalog it is.</summary>
public interface ITenant
{
    /// <summary>The tenant's name.</summary>
    string Name { get; }
}
