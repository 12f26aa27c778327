namespace RagStudio.Data;

/// <summary>An enabled tool as it is offered to language models.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name by which the model calls it.</param>
/// <param name="Type">The implementation that handles it.</param>
/// <param name="Config">The implementation's parameters as JSON.</param>
/// <param name="Schema">The JSON Schema of the arguments.</param>
public sealed record ToolOffer(string Id, string Name, string Type, string Config, string Schema);
