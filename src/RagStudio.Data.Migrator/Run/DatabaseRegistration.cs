namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The registration of a database's name by an application. A program that works on some of the databases
/// uses it to recognize that a rule for another one is not a mistake.
/// </summary>
internal sealed record DatabaseRegistration(string Name);
