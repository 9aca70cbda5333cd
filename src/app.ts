import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { version } from '../package.json';
import { AppError } from './errors.ts';
import { adminRoutes } from './http/admin/routes.ts';
import type { AppEnv } from './http/context.ts';
import { answerApprovals, answerElicitations } from './http/answer-questions.ts';
import { allowOrigins } from './http/allow-origins.ts';
import { apiDocs } from './http/api-docs.ts';
import { bodyMaxBytes } from './http/body-max-bytes.ts';
import { listCategories, readProduct, removeProduct, searchProducts } from './http/catalogue.ts';
import { executeCode } from './http/code.ts';
import { sendDetached } from './http/detached-message.ts';
import { chatbotRoutes } from './http/dialects/chatbot/routes.ts';
import { connect } from './http/dialects/metis.ts';
import { phase3Chat } from './http/dialects/phase3/chat.ts';
import { noticePhase3 } from './http/dialects/phase3/notice-phase3.ts';
import { phase3Tasks } from './http/dialects/phase3/tasks.ts';
import { scorpioRoutes } from './http/dialects/scorpio/routes.ts';
import { chat } from './http/dialects/ui-chat.ts';
import { enforceLimits } from './http/enforce-limits.ts';
import { appendFile, moveFile, restoreFile, searchFiles } from './http/file-verbs.ts';
import { listFiles, readFile, removeFile, writeFile } from './http/files.ts';
import { guardMcp } from './http/guard-mcp.ts';
import { handleError, handleNotFound } from './http/handle-error.ts';
import { health } from './http/health.ts';
import { identifyCaller } from './http/identify-caller.ts';
import { identifyMcpCaller } from './http/identify-mcp-caller.ts';
import { limitBody } from './http/limit-body.ts';
import { takeProducts } from './http/import-products.ts';
import { knowledgeRoutes } from './http/knowledge.ts';
import { limitToolCalls } from './http/limit-tool-calls.ts';
import { loginRoutes } from './http/login-routes.ts';
import { mcpEndpoint } from './http/mcp-endpoint.ts';
import { mcpRouter } from './http/mcp-router.ts';
import { sendMessage } from './http/messages.ts';
import { openaiRoutes } from './http/openai/routes.ts';
import { metrics } from './http/metrics.ts';
import { observeRequest } from './http/observe-request.ts';
import { page } from './http/page.ts';
import { readTurn, stopTurn } from './http/read-turn.ts';
import { resourceMetadata } from './http/resource-metadata.ts';
import { requestFacts } from './http/request-facts.ts';
import { secureResponses } from './http/secure-responses.ts';
import {
  changeSession,
  createSession,
  listSessions,
  readSession,
  removeSession,
  sessionStatus,
} from './http/sessions.ts';
import { changeTask, createTask, listTasks, readTask, removeTask } from './http/tasks.ts';
import { exportSession, importSession, searchSessions } from './http/threads.ts';
import { executeTool, listPrompts, listResources, listTools, readResource, sessionTools } from './http/tools.ts';
import { uploadFiles } from './http/upload-files.ts';
import { readUsage } from './http/usage.ts';
import type { ServicesFactory } from './wiring.ts';

/** The whole HTTP surface: middleware in the order it runs, then every route. */
export function createApp(makeServices: ServicesFactory): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(handleError);
  app.notFound(handleNotFound);

  app.use(requestId());
  app.use(secureResponses);
  app.use(async (c, next) => {
    c.set('services', makeServices(c.env, c.executionCtx, requestFacts(c)));
    await next();
  });
  app.use(observeRequest);
  app.use(trimTrailingSlash());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: () => {
        throw new AppError('method_not_allowed', 'Method Not Allowed');
      },
    }),
  );
  app.use(allowOrigins);
  app.use('/mcp/*', guardMcp);
  app.use(
    limitBody(bodyMaxBytes, () => {
      throw new AppError('payload_too_large', 'The request body is too large.');
    }),
  );

  app.get('/', page);
  app.get('/health', health);
  app.get('/healthz', (c) => c.json({ status: 'ok', version }));
  app.get('/metrics', metrics);
  app.get('/.well-known/oauth-protected-resource', resourceMetadata);
  const docs = apiDocs();
  app.get('/openapi.json', docs.openapi);
  app.get('/docs', docs.page);
  app.get('/api/docs', docs.page);
  app.get('/api/redoc', docs.page);
  app.get('/api/openapi.json', docs.openapi);
  app.route('/admin', adminRoutes);
  app.route('/v1', openaiRoutes);
  app.route('/api/v1', scorpioRoutes);
  app.route('/api/chatbot', chatbotRoutes);

  app.post('/connect', identifyCaller('chat'), enforceLimits, connect);
  app.use('/sessions/*', identifyCaller('chat'));
  app.post('/sessions', enforceLimits, createSession);
  app.get('/sessions', listSessions);
  app.get('/sessions/search', searchSessions);
  app.post('/sessions/import', enforceLimits, importSession);
  app.get('/sessions/:id', readSession);
  app.get('/sessions/:id/export', exportSession);
  app.patch('/sessions/:id', enforceLimits, changeSession);
  app.delete('/sessions/:id', enforceLimits, removeSession);
  app.get('/sessions/:id/status', sessionStatus);
  app.get('/sessions/:id/tools', sessionTools);
  app.post('/sessions/:id/messages', sendMessage);
  app.post('/sessions/:id/message', sendDetached);
  app.get('/sessions/:id/stream', (c) => readTurn(c));
  app.post('/sessions/:id/stop', stopTurn);
  app.post('/sessions/:id/approvals', enforceLimits, answerApprovals);
  app.post('/sessions/:id/elicitations', enforceLimits, answerElicitations);

  app.use('/api/chat', noticePhase3);
  app.use('/api/chat/*', identifyCaller('chat'));
  app.post('/api/chat', phase3Chat, chat);
  app.get('/api/chat/:id/stream', (c) => readTurn(c, true));
  app.post('/api/chat/:id/stop', stopTurn);

  app.route('/api/tasks', phase3Tasks);
  app.use('/tasks/*', identifyCaller('tasks'));
  app.post('/tasks', enforceLimits, createTask);
  app.get('/tasks', listTasks);
  app.get('/tasks/:id', readTask);
  app.patch('/tasks/:id', enforceLimits, changeTask);
  app.delete('/tasks/:id', enforceLimits, removeTask);

  app.use('/files/*', identifyCaller('files'));
  app.get('/files', listFiles);
  app.post('/files/upload', enforceLimits, uploadFiles);
  app.post('/files/search', enforceLimits, searchFiles);
  app.post('/files/append', enforceLimits, appendFile);
  app.post('/files/move', enforceLimits, moveFile);
  app.post('/files/restore', enforceLimits, restoreFile);
  app.get('/files/:path{.+}', readFile);
  app.put('/files/:path{.+}', enforceLimits, writeFile);
  app.delete('/files/:path{.+}', enforceLimits, removeFile);

  app.use('/catalogue/*', identifyCaller('catalogue'));
  app.post('/catalogue/products', enforceLimits, takeProducts);
  app.get('/catalogue/products/:id', readProduct);
  app.delete('/catalogue/products/:id', enforceLimits, removeProduct);
  app.get('/catalogue/categories', listCategories);
  app.get('/catalogue/search', searchProducts);

  app.route('/knowledge', knowledgeRoutes);

  app.post('/code/execute', identifyCaller('tools'), enforceLimits, executeCode);

  app.get('/usage', identifyCaller('chat'), readUsage);

  app.use('/tools/*', identifyCaller('tools'));
  app.get('/tools', listTools);
  app.post('/tools/execute', enforceLimits, executeTool);
  app.use('/resources/*', identifyCaller('tools'));
  app.get('/resources', listResources);
  app.get('/resources/read', readResource);
  app.use('/prompts/*', identifyCaller('tools'));
  app.get('/prompts', listPrompts);

  app.route('/', loginRoutes);

  app.use('/mcp/*', identifyMcpCaller, limitToolCalls);
  app.all('/mcp', mcpRouter);
  app.all('/mcp/:name', mcpEndpoint);

  return app;
}
