using System.Diagnostics.CodeAnalysis;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The members of a context that trimming must preserve.</summary>
public static class TrimmedContext
{
    /// <summary>The members that EF requires.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.NonPublicConstructors
        | DynamicallyAccessedMemberTypes.PublicProperties
        | DynamicallyAccessedMemberTypes.NonPublicMethods;

    /// <summary>The message of <see cref="RequiresUnreferencedCodeAttribute"/> where a context is named.</summary>
    public const string Advice =
        "The trimmer does not see that a context needs its migrations: root the assembly that has them with <TrimmerRootAssembly>.";
}
