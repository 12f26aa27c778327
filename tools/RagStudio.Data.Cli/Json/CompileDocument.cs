namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>compile</c>.</summary>
/// <param name="Contexts">The contexts that were compiled.</param>
internal sealed record CompileDocument(IReadOnlyList<CompiledContextDocument> Contexts);
