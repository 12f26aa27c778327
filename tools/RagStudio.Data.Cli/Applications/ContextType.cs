namespace RagStudio.Data.Cli;

/// <summary>A context of an application.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Factory">Its design-time factory, if it has one.</param>
internal sealed record ContextType(Type Type, Type? Factory)
{
    /// <summary>True if a name on the command line refers to this context.</summary>
    /// <param name="name">The class's name, with or without its namespace.</param>
    /// <param name="comparison">How the names are compared.</param>
    public bool Is(string name, StringComparison comparison) =>
        string.Equals(Type.Name, name, comparison) || string.Equals(Type.FullName, name, comparison);
}
