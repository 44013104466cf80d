metadata description = 'Objects of the parameters of main.bicep.'

@export()
@description('Each property becomes a setting of section Contact.')
type contactType = {
  body: string?
  person: string?
  licence: string?
  address: string?
  hours: string?
  @description('Entries "name: number", separated by |.')
  phones: string?
  email: string?
  @description('Entries "name = address", separated by |.')
  links: string?
}

@export()
@description('Each property becomes a setting of section Site; pictures are in container media.')
type faceType = {
  emblem: string?
  banner: string?
  accent: string?
  accentDark: string?
}
