namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// That an application has a database of this name. A program that works on a part of them knows by it that a rule for another one is
/// no mistake.
/// </summary>
internal sealed record DatabaseRegistration(string Name);
