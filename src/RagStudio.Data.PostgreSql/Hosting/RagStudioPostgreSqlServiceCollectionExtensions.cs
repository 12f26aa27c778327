using RagStudio.Data;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes PostgreSQL available to an application's services.</summary>
public static class RagStudioPostgreSqlServiceCollectionExtensions
{
    /// <summary>
    /// Makes <see cref="DataProvider.PostgreSql"/> available to <c>AddRagStudioData</c>, before or after it;
    /// <see cref="RagStudioDataOptions.Provider"/> chooses.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddRagStudioPostgreSql(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        RagStudioPostgreSql.Register();
        return services;
    }
}
