namespace RagStudio.Data;

/// <summary>An enabled tool as it is offered to language models.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the model calls it by.</param>
/// <param name="Type">Which implementation serves it.</param>
/// <param name="Config">The implementation's parameters as JSON.</param>
/// <param name="Schema">JSON Schema of the arguments.</param>
public sealed record ToolOffer(string Id, string Name, string Type, string Config, string Schema);
