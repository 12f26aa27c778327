using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Migrator.PostgreSql.Contexts;

/// <summary>The members of a context that trimming must preserve.</summary>
internal static class TrimmedContext
{
    /// <summary>The members that EF requires.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.NonPublicConstructors
        | DynamicallyAccessedMemberTypes.PublicProperties
        | DynamicallyAccessedMemberTypes.NonPublicMethods;

    public const string Advice =
        "The trimmer does not see that a context needs its migrations: root the assembly that has them with <TrimmerRootAssembly>.";
}
