import { Controller } from '@nestjs/common';
import { accountsApi } from '@viewora/contracts/accounts';
import type { AdminApplication, Application } from '@viewora/contracts/application';
import type { Call } from '@viewora/contracts/call';
import type { ParsedInputOf, ReplyOf } from '@viewora/contracts/service';
import { Handle } from '@viewora/service-kit/handle';
import type { Nothing } from '../nothing.ts';
import { ApplicationService } from './application.service.ts';
import { DecisionService } from './decision.service.ts';

@Controller()
export class ApplicationHandlers {
  constructor(
    private readonly own: ApplicationService,
    private readonly decisions: DecisionService,
  ) {}

  @Handle(accountsApi.myApplication)
  myApplication(_: object, call: Call): Promise<ReplyOf<typeof accountsApi.myApplication>> {
    return this.own.mine(call);
  }

  @Handle(accountsApi.addDocument)
  addDocument(
    input: ParsedInputOf<typeof accountsApi.addDocument>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.addDocument>> {
    return this.own.addDocument(input, call);
  }

  @Handle(accountsApi.removeDocument)
  removeDocument(input: { id: string }, call: Call): Promise<Nothing> {
    return this.own.removeDocument(input, call);
  }

  @Handle(accountsApi.submitApplication)
  submit(input: ParsedInputOf<typeof accountsApi.submitApplication>, call: Call): Promise<Application> {
    return this.own.submit(input, call);
  }

  @Handle(accountsApi.applications)
  applications(
    filter: ParsedInputOf<typeof accountsApi.applications>,
  ): Promise<ReplyOf<typeof accountsApi.applications>> {
    return this.decisions.list(filter);
  }

  @Handle(accountsApi.application)
  application(input: { id: string }): Promise<AdminApplication> {
    return this.decisions.get(input);
  }

  @Handle(accountsApi.viewDocument)
  viewDocument(
    input: ParsedInputOf<typeof accountsApi.viewDocument>,
    call: Call,
  ): Promise<ReplyOf<typeof accountsApi.viewDocument>> {
    return this.decisions.viewDocument(input, call);
  }

  @Handle(accountsApi.approveApplication)
  approve(input: { id: string }, call: Call): Promise<AdminApplication> {
    return this.decisions.approve(input, call);
  }

  @Handle(accountsApi.rejectApplication)
  reject(input: ParsedInputOf<typeof accountsApi.rejectApplication>, call: Call): Promise<AdminApplication> {
    return this.decisions.reject(input, call);
  }
}
